select sink, max(delivered_at) as at
from delivery
where delivered_at is not null
group by sink
order by sink
