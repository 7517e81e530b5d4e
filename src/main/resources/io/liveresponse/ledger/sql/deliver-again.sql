update delivery
set delivered_at = :now, reference = coalesce(:reference, reference)
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index and sink = :sink and delivered_at is null
