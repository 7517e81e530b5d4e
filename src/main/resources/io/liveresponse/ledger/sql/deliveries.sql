select sink, reference, delivered_at from delivery where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index order by sink
