-- A shard as of one moment: all that a copy needs to know before it reads page by page.
-- KEYS 1 state, 2 segments, 3 log, 4 dead, 5 tombstones
-- Gives {epoch, cursor, facts of every segment, last entry of the log, last dead entry, number of dead entries,
--       tombstones and their times in turn}
local function last(stream)
  local entry = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
  return entry and entry[1] or '0-0'
end
local state = redis.call('HMGET', KEYS[1], 'epoch', 'cursor')
return {
  state[1] or '0', state[2] or '0-0', redis.call('HVALS', KEYS[2]),
  last(KEYS[3]), last(KEYS[4]), redis.call('XLEN', KEYS[4]),
  redis.call('HGETALL', KEYS[5])
}
