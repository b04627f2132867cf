-- A restored shard takes its place, all or nothing.
-- KEYS 1 state, 2 segments, 3 log, 4 dead, 5 restore, 6 restored segments, 7 restored log, 8 restored dead,
--      9 tombstones
-- ARGV 1 the copy, 2 this run of the import, 3 epoch, 4 cursor, 5 segments, 6 log entries and 7 dead entries it
--      must have, then tombstones and their times in turn
-- Gives 'restored'; else nothing is changed: 'another' import took over, 'taken' = data came meanwhile, 'short'.
if redis.call('HGET', KEYS[1], 'run') == ARGV[2] then
  return 'restored' -- the client sent the call again
end
if redis.call('HGET', KEYS[5], 'run') ~= ARGV[2] then
  return 'another'
end
if redis.call('HLEN', KEYS[2]) > 0 or redis.call('XLEN', KEYS[3]) > 0 or redis.call('XLEN', KEYS[4]) > 0 then
  return 'taken'
end
if redis.call('HLEN', KEYS[6]) ~= tonumber(ARGV[5]) or redis.call('XLEN', KEYS[7]) ~= tonumber(ARGV[6])
  or redis.call('XLEN', KEYS[8]) ~= tonumber(ARGV[7]) then
  return 'short'
end
for i = 2, 4 do
  if redis.call('EXISTS', KEYS[i + 4]) == 1 then
    redis.call('RENAME', KEYS[i + 4], KEYS[i])
  end
end
for i = 8, #ARGV, 2 do
  -- Who was erased here stays erased, whatever the copy says.
  if tonumber(redis.call('HGET', KEYS[9], ARGV[i]) or '0') < tonumber(ARGV[i + 1]) then
    redis.call('HSET', KEYS[9], ARGV[i], ARGV[i + 1])
  end
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'cursor', ARGV[4], 'restored', ARGV[1], 'run', ARGV[2])
redis.call('HDEL', KEYS[1], 'rows', 'sealed') -- tallies of what was here before; the next seal begins new ones
redis.call('DEL', KEYS[5])
return 'restored'
