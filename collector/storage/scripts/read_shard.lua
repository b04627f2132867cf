-- What a reader of one shard needs, as of one moment.
-- KEYS 1 state, 2 segments, 3 log, 4 tombstones
-- ARGV 1 the epoch that the reader knows, 2 the last log entry it has, 3 most entries to give
-- Gives {epoch, cursor, segments or nil, tombstones or nil, page}. Segments and tombstones come only when the epoch
-- is another one (its number and the fork); the page then starts behind the cursor, because what the reader had of the log
-- may be sealed by now. It is {first id, last id, sizes of the payloads, names of their fields or the only one, all payloads
-- with a newline between two}: as one piece they cost the reader nothing an entry.
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
local entries = redis.call('XRANGE', KEYS[3], '(' .. after, '+', 'COUNT', ARGV[3])
local sizes, fields, payloads = {}, {}, {}
local alike = true
for i, entry in ipairs(entries) do
  fields[i], payloads[i] = entry[2][1], entry[2][2]
  sizes[i] = #payloads[i]
  alike = alike and fields[i] == fields[1]
end
local first, last = '', ''
if #entries > 0 then
  first, last = entries[1][1], entries[#entries][1]
end
return {
  epoch, cursor, segments, tombstones,
  {first, last, table.concat(sizes, ' '), alike and {fields[1]} or fields, table.concat(payloads, '\n')},
}
