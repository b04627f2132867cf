-- Whether a shard may be restored, and the start of it.
-- KEYS 1 state, 2 segments, 3 log, 4 dead, 5 restore, 6 restored segments, 7 restored log, 8 restored dead,
--      9.. segments that an earlier run left
-- ARGV 1 the copy, 2 this run of the import ('' = only ask), 3 cursor
-- Gives 'restored' when this very copy is here already, 'taken' when the shard has other data, else 'free'.
if redis.call('HLEN', KEYS[2]) > 0 or redis.call('XLEN', KEYS[3]) > 0 or redis.call('XLEN', KEYS[4]) > 0 then
  return redis.call('HGET', KEYS[1], 'restored') == ARGV[1] and 'restored' or 'taken'
end
if ARGV[2] ~= '' then
  for i = 5, #KEYS do
    redis.call('UNLINK', KEYS[i])
  end
  redis.call('HSET', KEYS[5], 'run', ARGV[2])
  if ARGV[3] ~= '0-0' then
    -- The stream remembers its last id: new entries must come behind the cursor, even if this store's clock is late.
    redis.call('XADD', KEYS[7], ARGV[3], 'b', '')
    redis.call('XDEL', KEYS[7], ARGV[3])
  end
end
return 'free'
