-- A sink may still be at work on what this run has sent it, so a delivery that has begun is not repeated at once. Nor is a request that
-- run after run has said nothing about: it may be what ends the process, and the others are worked on meanwhile.
update request
set state = 'due', lane = case when command_index < 0 then 'action' when outcome is null then 'retry' else 'deliver' end,
    next_attempt_at = case when exists (select 1 from delivery d
                                        where d.tenant = request.tenant and d.machine_action_id = request.machine_action_id
                                          and d.command_index = request.command_index
                                          and d.attempt_began_at is not null and d.delivered_at is null)
                           then :stale_at
                           when claims - :uncounted > 8 then :last when claims - :uncounted > 5 then :third
                           when claims - :uncounted > 2 then :second else :now end,
    claims = claims - :uncounted, lease_owner = null, lease_end = null, link_reserved = false
where lease_owner = :owner and state = 'claimed'
