-- Puts a site in place of what was read of it, unless somebody else has changed it since.
-- KEYS 1 sites
-- ARGV 1 id  2 the site as it was read  3 as it shall be
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
