-- Read from request_claim alone.
select lane, tenant, count(*) as requests
from request
group by lane, tenant
