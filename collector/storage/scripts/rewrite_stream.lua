-- The same stream, without the bytes of what was deleted from it: an entry that XDEL or XTRIM took stays in its block
-- of memory, and in every file that the block is written to, until the whole block is empty.
-- KEYS 1 the stream
-- ARGV 1 most entries that it may have, so that the node is not held up
-- Gives 1, or 0 when there are more: nothing is changed then.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 1
end
if redis.call('XLEN', KEYS[1]) > tonumber(ARGV[1]) then
  return 0
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
local entries = redis.call('XRANGE', KEYS[1], '-', '+')
redis.call('DEL', KEYS[1])
for _, entry in ipairs(entries) do
  redis.call('XADD', KEYS[1], entry[1], unpack(entry[2]))
end
-- New entries go on behind the last id there ever was: readers wait behind it. Verification counts all there ever were.
if last ~= '0-0' then
  if #entries == 0 then
    redis.call('XADD', KEYS[1], last, '', '')
    redis.call('XDEL', KEYS[1], last)
  end
  redis.call('XSETID', KEYS[1], last, 'ENTRIESADDED', added)
end
return 1
