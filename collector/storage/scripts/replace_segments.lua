-- One segment, or none, in place of several, all or nothing.
-- KEYS 1 state, 2 segments, 3 the new segment, 4.. the segments that go
-- ARGV 1 expected epoch with its fork, 2 new epoch, 3 new name ('' = none), 4 its facts, 5 its bytes, 6 rows that come less those
--      that go, 7.. names that go
-- Gives 1, or 0 when the segments changed since the epoch was read.
if (redis.call('HGET', KEYS[1], 'epoch') or '0') .. '@' .. fork() ~= ARGV[1] then
  return 0
end
for i = 4, #KEYS do
  redis.call('DEL', KEYS[i])
end
for i = 7, #ARGV do
  redis.call('HDEL', KEYS[2], ARGV[i])
end
if ARGV[3] ~= '' then
  redis.call('SET', KEYS[3], ARGV[5])
  redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
end
if redis.call('HEXISTS', KEYS[1], 'rows') == 1 then
  redis.call('HINCRBY', KEYS[1], 'rows', ARGV[6])
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[2])
return 1
