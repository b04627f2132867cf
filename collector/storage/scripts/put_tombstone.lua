-- A tombstone, and the epoch that makes every sealer and mirror read it, in one step.
-- KEYS 1 state, 2 tombstones
-- ARGV 1 the tombstone's field, 2 ms until which it holds, 3 how far the epoch moves on
if tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0') < tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
end
redis.call('HINCRBY', KEYS[1], 'epoch', ARGV[3])
