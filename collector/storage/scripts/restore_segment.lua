-- One segment, out of sight until the shard is whole.
-- KEYS 1 restore, 2 restored segments, 3 the segment
-- ARGV 1 this run of the import, 2 name, 3 facts, 4 bytes
-- Gives 1, or 0 when another import took over: nothing is written then.
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('SET', KEYS[3], ARGV[4])
return 1
