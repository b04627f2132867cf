-- What a reader of one shard needs, as of one moment.
-- KEYS 1 state, 2 segments, 3 log, 4 tombstones
-- ARGV 1 the epoch that the reader knows, 2 the last log entry it has, 3 most entries to give
-- Gives {epoch, cursor, segments or nil, tombstones or nil, entries}. Segments and tombstones come only when the epoch
-- is another one (its number and the fork); the entries then start behind the cursor, because what the reader had of the log may be sealed by now.
local state = redis.call('HMGET', KEYS[1], 'epoch', 'cursor')
local epoch = (state[1] or '0') .. '@' .. fork()
local cursor = state[2] or '0-0'
local segments = false
local tombstones = false
local after = ARGV[2]
if epoch ~= ARGV[1] then
  segments = redis.call('HVALS', KEYS[2])
  tombstones = redis.call('HGETALL', KEYS[4])
  after = cursor
end
return {epoch, cursor, segments, tombstones, redis.call('XRANGE', KEYS[3], '(' .. after, '+', 'COUNT', ARGV[3])}
