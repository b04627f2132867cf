-- One dead letter back into the log.
-- KEYS 1 dead, 2 log
-- ARGV 1 id of the dead letter
-- Gives 1, or 0 when there is none of that id (any more).
local letter = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])[1]
if not letter then
  return 0
end
local fields = letter[2]
for i = 1, #fields, 2 do
  if fields[i] == 'payload' then
    redis.call('XADD', KEYS[2], '*', 'b', fields[i + 1])
  end
end
redis.call('XDEL', KEYS[1], ARGV[1])
return 1
