@echo off
rem Installs Dragoman from this folder, without a network: install.bat [FOLDER]
setlocal
py -@PYTHON@ -c "" >nul 2>nul
if not errorlevel 1 (
  py -@PYTHON@ -I "%~dp0install.py" %*
  goto done
)
python -c "import sys; sys.exit('%%d.%%d' %% sys.version_info[:2] != '@PYTHON@')" >nul 2>nul
if not errorlevel 1 (
  python -I "%~dp0install.py" %*
  goto done
)
echo Python @PYTHON@ is needed and was not found.
set code=3
goto end
:done
set code=%errorlevel%
:end
pause
exit /b %code%
