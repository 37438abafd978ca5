# Sends a line. For Windows PowerShell 5.1 and PowerShell 7:
#   $env:SM_TOKEN = 'TOKEN'; .\send.ps1 SPEAKER 'TEXT' -Room lobby
# SM_URL is the server (http://localhost:8000), SM_TOKEN the token that its controller shows.
# This file is ASCII only: 5.1 reads a script without a byte order mark in the system's code page.
[CmdletBinding()]
param(
  [Parameter(Mandatory)] [string] $Speaker,
  [Parameter(Mandatory)] [string] $Text,
  [string] $Room
)
$ErrorActionPreference = 'Stop'
if (-not $env:SM_TOKEN) { throw 'set SM_TOKEN to the token that the controller shows' }
$url = if ($env:SM_URL) { $env:SM_URL } else { 'http://localhost:8000' }

# What a server over https wants; 5.1 on an older Windows offers TLS 1.0 alone.
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
# What the answer holds of the line is shown as it is. A host without a console, such as the ISE, refuses: it needs nothing.
try { [Console]::OutputEncoding = [Text.Encoding]::UTF8 } catch { Write-Verbose "$_" }

$body = @{ speaker = $Speaker; data = @{ message = $Text } }
if ($Room) { $body.room = $Room }
# Bytes, because 5.1 sends a string as Latin-1.
$bytes = [Text.Encoding]::UTF8.GetBytes(($body | ConvertTo-Json -Compress -Depth 5))
Invoke-RestMethod -Method Post -Uri "$url/api/v1/send" -Body $bytes `
  -ContentType 'application/json; charset=utf-8' `
  -Headers @{ Authorization = "Bearer $env:SM_TOKEN" }
