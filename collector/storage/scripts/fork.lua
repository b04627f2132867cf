-- Put before scripts that read or check an epoch.
-- The history that this node goes on with, by its replication id. A failover begins another one: an old primary that
-- wakes may still take entries, which are in no history but its own, and what was read of them must change nothing here.
local function fork()
  return string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
end
