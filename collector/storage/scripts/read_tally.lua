-- What a shard should hold and what it lists, as of one moment.
-- KEYS 1 state, 2 segments, 3 log
-- Gives {epoch, facts of every segment, rows that the segments should have, entries that were sealed, entries that were
--       ever added to the log, entries in it, 1 if one of them stands before the cursor}; the tallies are -1 where none
--       has been begun.
local state = redis.call('HMGET', KEYS[1], 'epoch', 'cursor', 'rows', 'sealed')
local added = 0
local behind = {}
if redis.call('EXISTS', KEYS[3]) == 1 then
  local log = redis.call('XINFO', 'STREAM', KEYS[3])
  for i = 1, #log, 2 do
    if log[i] == 'entries-added' then
      added = log[i + 1]
    end
  end
  behind = redis.call('XRANGE', KEYS[3], '-', state[2] or '0-0', 'COUNT', 1)
end
return {
  state[1] or '0', redis.call('HVALS', KEYS[2]), tonumber(state[3] or -1), tonumber(state[4] or -1),
  added, redis.call('XLEN', KEYS[3]), #behind
}
