select distinct tenant from run where state = 'running' and stop_reason is null and deadline > :now
