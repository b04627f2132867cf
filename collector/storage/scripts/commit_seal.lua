-- Segments, the cursor behind them and the log they replace, all or nothing.
-- KEYS 1 state, 2 segments, 3 log, 4 dead, 5.. the new segments
-- ARGV 1 expected epoch, 2 new epoch, 3 new cursor, 4 first entry to keep in the log,
--      then for every new segment its name, facts and bytes, then dead entries as pairs of payload and reason
-- Gives 1, or 0 when another sealer was here since the epoch was read: nothing is changed then.
if (redis.call('HGET', KEYS[1], 'epoch') or '0') ~= ARGV[1] then
  return 0
end
local at = 5
for i = 5, #KEYS do
  redis.call('SET', KEYS[i], ARGV[at + 2])
  redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1])
  at = at + 3
end
for i = at, #ARGV, 2 do
  redis.call('XADD', KEYS[4], '*', 'payload', ARGV[i], 'reason', ARGV[i + 1])
end
redis.call('HSET', KEYS[1], 'cursor', ARGV[3], 'epoch', ARGV[2])
redis.call('XTRIM', KEYS[3], 'MINID', ARGV[4])
return 1
