update request
set state = 'due', lane = case when command_index < 0 then 'action' when outcome is null then 'retry' else 'deliver' end,
    lease_owner = null, lease_end = null, link_reserved = false
where accepted_no in (:numbers)
