-- But for what the owner holds itself: its own workers may be at it.
select accepted_no
from request
where lane = 'claimed' and tenant in (:tenants) and next_attempt_at <= :now and lease_owner <> :owner
for update skip locked
