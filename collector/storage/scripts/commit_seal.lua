-- A segment, the cursor behind it and the log it replaces, all or nothing.
-- KEYS 1 state, 2 segments, 3 log, 4 dead, 5 the new segment
-- ARGV 1 expected epoch, 2 new cursor, 3 first entry to keep in the log, 4 segment name ('' = no rows),
--      5 its facts, 6 its bytes, 7.. dead entries as pairs of payload, reason
-- Gives 1, or 0 when another sealer was here since the epoch was read: nothing is changed then.
if (redis.call('HGET', KEYS[1], 'epoch') or '0') ~= ARGV[1] then
  return 0
end
if ARGV[4] ~= '' then
  redis.call('SET', KEYS[5], ARGV[6])
  redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
end
for i = 7, #ARGV, 2 do
  redis.call('XADD', KEYS[4], '*', 'payload', ARGV[i], 'reason', ARGV[i + 1])
end
redis.call('HSET', KEYS[1], 'cursor', ARGV[2])
redis.call('HINCRBY', KEYS[1], 'epoch', 1)
redis.call('XTRIM', KEYS[3], 'MINID', ARGV[3])
return 1
