-- Names every column of the index, else H2 sorts all that is due; does not lock, else H2 locks all of it.
select accepted_no
from request
where lane = :lane and tenant = :tenant and next_attempt_at <= :now
order by lane, tenant, next_attempt_at, accepted_no
fetch first :max rows only
