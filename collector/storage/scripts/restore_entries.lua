-- Entries of the log or of the dead letters under their own ids, out of sight until the shard is whole.
-- KEYS 1 restore, 2 restored log or dead
-- ARGV 1 this run of the import, then for every entry its id, how many strings follow, and fields and values
-- Gives 1, or 0 when another import took over: nothing is written then.
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then
  return 0
end
local at = 2
while at <= #ARGV do
  local after = at + 2 + tonumber(ARGV[at + 1])
  local added = redis.pcall('XADD', KEYS[2], ARGV[at], unpack(ARGV, at + 2, after - 1))
  -- The client sends a call again when its answer was lost: those entries are there.
  if type(added) == 'table' and added.err and not string.find(added.err, 'equal or smaller', 1, true) then
    return added
  end
  at = after
end
return 1
