update request
set lease_end = :lease_end, next_attempt_at = :lease_end
where lease_owner = :owner and state = 'claimed'
