-- Entries of a load, and how far it is: all or nothing.
-- KEYS 1 log, 2 loads
-- ARGV 1 the file's digest, 2 how many of its rows are here then, 3 the field of the entries, then their payloads
-- Gives 1, or 0 when these rows are here: nothing is written then.
if tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0') >= tonumber(ARGV[2]) then
  return 0
end
for i = 4, #ARGV do
  redis.call('XADD', KEYS[1], '*', ARGV[3], ARGV[i])
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return 1
