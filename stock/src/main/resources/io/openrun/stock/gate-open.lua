-- Opens a stock's gate with the units that the database said remain, unless somebody else has.
--
-- KEYS[1] the gate     ARGV[1] a new epoch     ARGV[2] units     ARGV[3] milliseconds it may be unused
--
-- Why this is correct: the first one opens, whoever comes second changes nothing, so running it twice does no harm. The
-- number may be old by the time it arrives; a gate may be wrong at any time (see gate-claim.lua).
if redis.call('HSETNX', KEYS[1], 'epoch', ARGV[1]) == 0 then
    return 0
end
redis.call('HSET', KEYS[1], 'units', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
