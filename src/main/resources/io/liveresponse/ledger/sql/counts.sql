select tenant, state, outcome, count(*) as requests, min(next_attempt_at) as next_attempt_at
from request
group by tenant, state, outcome
order by tenant, state, outcome
