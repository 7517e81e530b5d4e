update request
set state = 'due', lane = case when outcome is null then 'retry' else 'deliver' end,
    lease_owner = null, lease_end = null, link_reserved = false
where tenant = :tenant and lane = 'claimed' and next_attempt_at <= :now
