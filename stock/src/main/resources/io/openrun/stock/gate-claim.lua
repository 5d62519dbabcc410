-- Claims units at a stock's gate for a whole batch, in the order in which its requests arrived.
--
-- KEYS[1] the gate: a hash of its epoch and the units it may still grant     KEYS[2] the mark "sold out"
-- ARGV[1] milliseconds after which an unused gate may be forgotten           ARGV[2…] the quantities wanted
-- Answers nothing if the gate is closed; otherwise its epoch, whether the mark stands, and 1 or 0 per request.
--
-- Why this is correct: Redis runs a script alone, so no two batches are granted the same unit. And nothing rests on it:
-- a grant is only leave to ask the database, which decides, so granting too many oversells nothing. Granting too few
-- refuses nobody, for a refusal counts only beside the mark, and the mark stands for no more than a second after the
-- database itself has said that nothing is left. A script that ran though its answer was lost has taken units that
-- nobody will use; the next who is refused for want of them finds out from the database, and the gate is opened anew.
local gate = redis.call('HMGET', KEYS[1], 'epoch', 'units')
if not gate[1] then
    return {}
end
local units = tonumber(gate[2]) or 0
local granted = {}
for i = 2, #ARGV do
    local wanted = tonumber(ARGV[i])
    if wanted <= units then
        units = units - wanted
        granted[i - 1] = '1'
    else
        granted[i - 1] = '0'
    end
end
redis.call('HSET', KEYS[1], 'units', string.format('%.0f', units))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return {gate[1], tostring(redis.call('EXISTS', KEYS[2])), table.concat(granted)}
