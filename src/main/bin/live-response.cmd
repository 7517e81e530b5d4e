@echo off
rem Starts the standalone runtime with the JVM options that a service wants. Usage: live-response [COMMAND] [OPTION]...
rem JAVA_HOME: the JDK or JRE, 17 or later. JAVA_OPTS: further JVM options, which win over those in bin\jvm.options.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA_EXE=java"
if defined JAVA_HOME set "JAVA_EXE=%JAVA_HOME%\bin\java"
set "ARCHIVE=%HOME_DIR%\lib\live-response-routes.jsa"
set "ARCHIVE_OPTION="
if exist "%ARCHIVE%" set ARCHIVE_OPTION="-XX:SharedArchiveFile=%ARCHIVE%"
"%JAVA_EXE%" "@%~dp0jvm.options" %JAVA_OPTS% %ARCHIVE_OPTION% -jar "%HOME_DIR%\live-response-routes.jar" %*
exit /b %ERRORLEVEL%
