update request
set state = 'claimed', lane = 'claimed', lease_owner = :owner, lease_end = :lease_end, next_attempt_at = :lease_end,
    link_reserved = (outcome is null and command_index >= 0)
where accepted_no in (:numbers)
