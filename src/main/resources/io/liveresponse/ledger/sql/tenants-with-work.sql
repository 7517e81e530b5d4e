-- One probe of the index for each lane; with exists, PostgreSQL without statistics reads all that is due.
select t.name
from tenant t
where coalesce((select r.accepted_no from request r where r.lane = 'fresh' and r.tenant = t.name and r.next_attempt_at <= :now
        order by r.lane, r.tenant, r.next_attempt_at, r.accepted_no fetch first 1 row only)
    , (select r.accepted_no from request r where r.lane = 'retry' and r.tenant = t.name and r.next_attempt_at <= :now
        order by r.lane, r.tenant, r.next_attempt_at, r.accepted_no fetch first 1 row only)
    , (select r.accepted_no from request r where r.lane = 'deliver' and r.tenant = t.name and r.next_attempt_at <= :now
        order by r.lane, r.tenant, r.next_attempt_at, r.accepted_no fetch first 1 row only)
    , (select r.accepted_no from request r where r.lane = 'action' and r.tenant = t.name and r.next_attempt_at <= :now
        order by r.lane, r.tenant, r.next_attempt_at, r.accepted_no fetch first 1 row only)
    , (select r.accepted_no from request r where r.lane = 'claimed' and r.tenant = t.name and r.next_attempt_at <= :now
        order by r.lane, r.tenant, r.next_attempt_at, r.accepted_no fetch first 1 row only)
) is not null
order by t.name
