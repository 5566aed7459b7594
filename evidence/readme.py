"""README.txt of a package: how a clerk checks it with tools of their own."""

from __future__ import annotations

_TEXT = """\
证据包核验说明 / How to check this package
==========================================

一、本文件夹是什么
本文件夹是一份封存的证据包，格式为国际标准 BagIt 1.0（RFC 8493）。
data 文件夹内是通知书和证据文件；manifest-sha256.txt 列出其中每个文件的
SHA-256 校验值；tagmanifest-sha256.txt 列出清单等说明文件的校验值。
tagmanifest-sha256.txt 自身的 SHA-256 校验值即为本证据包的“封存码”。
任何文件哪怕改动一个字节，校验值即不再相符。

二、如何核验（无须安装本系统，无须联网）
1. Windows（命令提示符，逐个文件核对）：
     certutil -hashfile "data\\文件名" SHA256
   将显示的校验值与 manifest-sha256.txt 中该文件对应的一行比对。
2. Linux（一次核对全部文件，在本文件夹内执行）：
     sha256sum -c manifest-sha256.txt
     sha256sum -c tagmanifest-sha256.txt
   macOS 请将 sha256sum 换成 shasum -a 256。
3. BagIt 通用工具（美国国会图书馆发布）：
     bagit.py --validate 本文件夹
4. 计算封存码：
     sha256sum tagmanifest-sha256.txt
     certutil -hashfile tagmanifest-sha256.txt SHA256
   请与另行告知的封存码比对；两者不一致的，本证据包不是原封存的证据包。

三、文件名
路径中的“/”在 Windows 中写作“\\”。请勿在本文件夹内增删或改名任何文件。

四、证据如何取得
data/exhibits.jsonl 逐行列出每份证据的文件、SHA-256、网址、取得时间和采集批次
（run）。data/collection 文件夹内每个采集批次一个文件：首行说明采集程序的标识、
对象、请求间隔和是否遵循 robots.txt，其后逐行为取得证据所经过的请求及其时间、
状态、字节数和 SHA-256。证据的 SHA-256 应能在其采集批次的文件中找到。
截图（PNG）和网页存档（MHTML）由浏览器按收到的内容生成，未添加任何标记。
MHTML 文件可用 Chrome、Edge 等浏览器打开。


1. What this folder is
This folder is a sealed package of evidence in the BagIt 1.0 form (RFC 8493).
The folder "data" holds the notice and the exhibits; manifest-sha256.txt lists
the SHA-256 of each of them; tagmanifest-sha256.txt lists the SHA-256 of the
lists themselves. The SHA-256 of tagmanifest-sha256.txt is the seal of the
package. If one byte of one file is changed, its digest no longer agrees.

2. How to check it (without this system and without a network)
(1) Windows, one file at a time, in the Command Prompt:
      certutil -hashfile "data\\NAME" SHA256
    Compare the digest with the line of that file in manifest-sha256.txt.
(2) Linux, all files at once, inside this folder:
      sha256sum -c manifest-sha256.txt
      sha256sum -c tagmanifest-sha256.txt
    On macOS write "shasum -a 256" in place of "sha256sum".
(3) Any BagIt tool, such as bagit.py of the Library of Congress:
      bagit.py --validate THIS_FOLDER
(4) The seal:
      sha256sum tagmanifest-sha256.txt
      certutil -hashfile tagmanifest-sha256.txt SHA256
    Compare it with the seal you were given separately. If they differ, this
    is not the package that was sealed.

3. File names
The "/" in a path is written "\\" on Windows. Do not add, remove or rename any
file in this folder.

4. How the exhibits were come by
data/exhibits.jsonl has a line for each exhibit: file, SHA-256, address, time and
the run that gathered it. The folder data/collection has a file for each run: its
first line tells how the crawler introduced itself, what it was to gather, at what
pace, and whether robots.txt was obeyed; the other lines are the requests that led
to the exhibits, each with time, status, bytes and SHA-256. The SHA-256 of an
exhibit is to be found in the file of its run. Screenshots (PNG) and page archives
(MHTML) were made by a browser of what it was sent; nothing is drawn into them.
An MHTML file opens in Chrome or Edge.
"""

# The byte order mark and CRLF let the oldest Notepad on an office computer show it rightly.
TEXT = _TEXT.replace("\n", "\r\n").encode("utf-8-sig")
"""UTF-8 bytes of README.txt; the same in every package."""
