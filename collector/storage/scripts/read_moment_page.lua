-- Entries of the log or of the dead letters, while the shard is still the one of that moment.
-- KEYS 1 state, 2 dead, 3 the stream that is read
-- ARGV 1 epoch and 2 number of dead entries at the moment, 3 last entry the reader has, 4 last one of the moment,
--      5 most entries to give
-- Gives the entries, or nil when something was sealed, merged, erased or redriven since.
if (redis.call('HGET', KEYS[1], 'epoch') or '0') ~= ARGV[1] or redis.call('XLEN', KEYS[2]) ~= tonumber(ARGV[2]) then
  return false
end
return redis.call('XRANGE', KEYS[3], '(' .. ARGV[3], ARGV[4], 'COUNT', ARGV[5])
