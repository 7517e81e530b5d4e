select count(*)
from request
where tenant = :tenant and lane = 'claimed' and next_attempt_at > :now and link_reserved
