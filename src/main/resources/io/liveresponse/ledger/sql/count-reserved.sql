select tenant, count(*) as reserved
from request
where lane = 'claimed' and tenant in (:tenants) and next_attempt_at > :now and link_reserved
group by tenant
