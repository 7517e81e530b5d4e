-- what the API says went wrong with the action, as JSON: commandErrors, errorHResult, troubleshootInfo; null if it says nothing
alter table request add column action_failure text;
