-- Read from request_ended alone.
select tenant, count(*) as requests
from request
where state = 'dead'
group by tenant
