-- For each tenant and lane the first that are due. Names every column of the index, so that nothing is sorted.
select due.*
from (values :wanted) as wanted (tenant, lane)
cross join lateral (select r.tenant, r.lane, r.accepted_no
                    from request r
                    where r.lane = wanted.lane and r.tenant = wanted.tenant and r.next_attempt_at <= :now
                    order by r.lane, r.tenant, r.next_attempt_at, r.accepted_no
                    limit :max) as due
