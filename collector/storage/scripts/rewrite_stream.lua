-- One step of the same stream without the bytes of what was deleted from it: an entry that XDEL or XTRIM took stays in its
-- block of memory, and in every file that the block is written to, until the whole block is empty. Entries are copied
-- behind another, and the last step puts the copy in the stream's place. The stream may grow meanwhile.
-- KEYS 1 the stream, 2 the copy
-- ARGV 1 most entries to copy, so that the node is not held up, 2 the last entry that was copied ('' = begin),
--      3 entries ever deleted from the stream when the copy was begun, 4 seconds after which a copy goes that nobody ends
-- Gives {'done'}, {'more', last entry that was copied, entries ever deleted}, or {'changed'} when entries were deleted
-- since it began: the copy is thrown away then.
if ARGV[2] == '' then
  redis.call('UNLINK', KEYS[2])
end
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('UNLINK', KEYS[2])
  return {'done'}
end
local facts = redis.call('XINFO', 'STREAM', KEYS[1])
local last, added
for i = 1, #facts, 2 do
  if facts[i] == 'last-generated-id' then
    last = facts[i + 1]
  elseif facts[i] == 'entries-added' then
    added = facts[i + 1]
  end
end
local deleted = tostring(added - redis.call('XLEN', KEYS[1]))
if ARGV[2] ~= '' and (deleted ~= ARGV[3] or redis.call('EXISTS', KEYS[2]) == 0) then
  redis.call('UNLINK', KEYS[2])
  return {'changed'}
end
local first = ARGV[2] == '' and '-' or '(' .. ARGV[2]
local entries = redis.call('XRANGE', KEYS[1], first, '+', 'COUNT', ARGV[1])
for _, entry in ipairs(entries) do
  redis.call('XADD', KEYS[2], entry[1], unpack(entry[2]))
end
if #entries == tonumber(ARGV[1]) then
  redis.call('EXPIRE', KEYS[2], ARGV[4])
  return {'more', entries[#entries][1], deleted}
end
if last == '0-0' then
  return {'done'}
end
-- New entries go on behind the last id there ever was: readers wait behind it. Verification counts all there ever were.
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('XADD', KEYS[2], last, '', '')
  redis.call('XDEL', KEYS[2], last)
end
redis.call('XSETID', KEYS[2], last, 'ENTRIESADDED', added)
redis.call('PERSIST', KEYS[2])
redis.call('UNLINK', KEYS[1])
redis.call('RENAME', KEYS[2], KEYS[1])
return {'done'}
