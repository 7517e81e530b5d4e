select outcome, count(*) as results
from request
where state = 'delivered' and ended_at >= :since and outcome is not null
group by outcome
order by results desc, outcome
