select lease_owner, count(*) as leases, max(lease_end) as until
from request
where lease_owner is not null and state = 'claimed'
group by lease_owner
order by lease_owner
