"""Cosigns a checkpoint with both types of keys, with OpenSSL's algorithms through the package cryptography and no code of ours."""
import base64, hashlib, pathlib, struct
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, mldsa

ORIGIN, SIZE, ROOT = 'example.com/ledger', 20852163, hashlib.sha256(b'root').digest()
TIME = 1679315147
TEXT = f'{ORIGIN}\n{SIZE}\n{base64.b64encode(ROOT).decode()}\n'
RAW = serialization.Encoding.Raw, serialization.PublicFormat.Raw


def line(name, kind, public, payload):
    key_id = hashlib.sha256(name.encode() + b'\n' + bytes([kind]) + public).digest()[:4]
    vkey = f'{name}+{key_id.hex()}+{base64.b64encode(bytes([kind]) + public).decode()}'
    return vkey, f'\u2014 {name} {base64.b64encode(key_id + payload).decode()}'


log = ed25519.Ed25519PrivateKey.from_private_bytes(b'l' * 32)
witness = ed25519.Ed25519PrivateKey.from_private_bytes(b'w' * 32)
lattice = mldsa.MLDSA44PrivateKey.from_seed_bytes(b'm' * 32)
name = b'lattice.example/w2'
subtree = (b'subtree/v1\n\0' + bytes([len(name)]) + name + struct.pack('>Q', TIME) + bytes([len(ORIGIN)]) + ORIGIN.encode()
           + struct.pack('>QQ', 0, SIZE) + ROOT)
signed = [
    line(ORIGIN, 1, log.public_key().public_bytes(*RAW), log.sign(TEXT.encode())),
    line('witness.example/w1', 4, witness.public_key().public_bytes(*RAW),
         struct.pack('>Q', TIME) + witness.sign(f'cosignature/v1\ntime {TIME}\n{TEXT}'.encode())),
    line(name.decode(), 6, lattice.public_key().public_bytes(*RAW), struct.pack('>Q', TIME) + lattice.sign(subtree)),
]
here = pathlib.Path(__file__).parent
(here / 'cosigned.checkpoint').write_text(TEXT + '\n' + ''.join(signature + '\n' for _, signature in signed))
(here / 'cosigned.vkeys').write_text(''.join(vkey + '\n' for vkey, _ in signed))
