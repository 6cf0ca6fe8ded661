"""Twisted's credentials, one operation a run, results on standard output:

twisted_cred.py digest-accepts FIELDS METHOD REALM PASSWORD   True or False
twisted_cred.py digest-hash USER REALM PASSWORD               H(A1) with MD5
twisted_cred.py digest-response USER REALM PASSWORD METHOD URI NONCE NC CNONCE
twisted_cred.py cram-accepts CHALLENGE ANSWER PASSWORD        True or False
"""
import re
import sys

from twisted.cred import credentials
from twisted.cred._digest import calcHA1, calcHA2, calcResponse

operation, *arguments = sys.argv[1:]
arguments = [argument.encode() for argument in arguments]

if operation == "digest-accepts":
    header, method, realm, password = arguments
    fields = {name.decode(): quoted or bare
              for name, quoted, bare in re.findall(rb'([a-z]+)=(?:"([^"]*)"|([^", ]+))', header)}
    digest = credentials.DigestedCredentials(fields["username"], method, realm, fields)
    print(digest.checkPassword(password))
elif operation == "digest-hash":
    user, realm, password = arguments
    print(calcHA1(b"md5", user, realm, password, None, None).decode())
elif operation == "digest-response":
    user, realm, password, method, uri, nonce, count, cnonce = arguments
    print(calcResponse(calcHA1(b"md5", user, realm, password, nonce, cnonce),
                       calcHA2(b"md5", method, uri, b"auth", None), b"md5", nonce, count, cnonce, b"auth").decode())
elif operation == "cram-accepts":
    challenge, answer, password = arguments
    cram = credentials.CramMD5Credentials()
    cram.challenge = challenge
    cram.setResponse(answer)
    print(cram.checkPassword(password))
