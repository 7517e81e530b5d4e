-- A request that run after run has said nothing about waits: it may be what ends the process, and the others are worked on meanwhile.
update request
set state = 'due', lane = case when command_index < 0 then 'action' when outcome is null then 'retry' else 'deliver' end,
    next_attempt_at = case when claims - :uncounted > 8 then :last when claims - :uncounted > 5 then :third
                           when claims - :uncounted > 2 then :second else :now end,
    claims = claims - :uncounted, lease_owner = null, lease_end = null, link_reserved = false
where lease_owner = :owner and state = 'claimed'
