-- The waits are those of release.
update request
set state = 'due', lane = case when command_index < 0 then 'action' when outcome is null then 'retry' else 'deliver' end,
    next_attempt_at = case when claims > 8 then :last when claims > 5 then :third when claims > 2 then :second else :now end,
    lease_owner = null, lease_end = null, link_reserved = false
where accepted_no in (:numbers)
