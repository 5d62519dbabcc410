-- Tells a stock's gate what the database made of the requests of one batch.
--
-- KEYS[1] the gate     KEYS[2] the mark "sold out"
-- ARGV[1] the epoch in which the batch was claimed
-- ARGV[2] milliseconds for which the mark may stand: positive if the database said that nothing is left
-- ARGV[3] 1 if the database sold what the gate had refused
-- ARGV[4] units that were granted and not sold
--
-- Why this is correct: whoever restocks closes the gate, so the epoch still is the same only if no restock was heard of
-- since the batch was claimed, which was before the database decided about it. Then what it said is news; otherwise all
-- of this is past. A gate that has refused what the database sold is closed: the next one opens it with the truth.
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
    return 0
end
if tonumber(ARGV[2]) > 0 then
    redis.call('HSET', KEYS[1], 'units', '0')
    redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
elseif ARGV[3] == '1' then
    redis.call('DEL', KEYS[1])
else
    redis.call('HINCRBY', KEYS[1], 'units', ARGV[4])
end
return 1
