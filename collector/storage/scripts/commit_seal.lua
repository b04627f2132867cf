-- Segments, the cursor behind them and the log they replace, all or nothing.
-- KEYS 1 state, 2 segments, 3 log, 4 dead, 5.. the new segments
-- ARGV 1 expected epoch with its fork, 2 new epoch, 3 new cursor, 4 first entry to keep in the log, 5 entries that were read from the
--      log, 6 rows of the new segments, then for every new segment its name, facts and bytes,
--      then dead entries as pairs of payload and reason
-- Gives 1, or 0 when another sealer was here since the epoch was read: nothing is changed then.
if (redis.call('HGET', KEYS[1], 'epoch') or '0') .. '@' .. fork() ~= ARGV[1] then
  return 0
end
if redis.call('HEXISTS', KEYS[1], 'rows') == 0 then
  -- The tallies that verification counts against begin with what is here: nothing, or what an import brought.
  local rows = 0
  for _, facts in ipairs(redis.call('HVALS', KEYS[2])) do
    rows = rows + cjson.decode(facts).rows
  end
  local log = redis.call('XINFO', 'STREAM', KEYS[3])
  local added = 0
  for i = 1, #log, 2 do
    if log[i] == 'entries-added' then
      added = log[i + 1]
    end
  end
  redis.call('HSET', KEYS[1], 'rows', rows, 'sealed', added - redis.call('XLEN', KEYS[3]))
end
local at = 7
for i = 5, #KEYS do
  redis.call('SET', KEYS[i], ARGV[at + 2])
  redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1])
  at = at + 3
end
for i = at, #ARGV, 2 do
  redis.call('XADD', KEYS[4], '*', 'payload', ARGV[i], 'reason', ARGV[i + 1])
end
redis.call('HSET', KEYS[1], 'cursor', ARGV[3], 'epoch', ARGV[2])
redis.call('HINCRBY', KEYS[1], 'sealed', ARGV[5])
redis.call('HINCRBY', KEYS[1], 'rows', ARGV[6])
redis.call('XTRIM', KEYS[3], 'MINID', ARGV[4])
return 1
