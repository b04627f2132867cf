-- Adds to what was used of a limit in one window of time.
-- KEYS 1 the bucket in its window
-- ARGV 1 how much more, 2 ms after which the window is of no interest
-- Gives what all have used of it.
local used = redis.call('INCRBY', KEYS[1], ARGV[1])
if used == tonumber(ARGV[1]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return used
