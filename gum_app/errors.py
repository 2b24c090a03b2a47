"""What can go wrong, as a tree. Every message is one sentence for the person: what, where, and what to do.

GumError
├── HomeUnusable        the folder for the app's data cannot be made, read or written
├── AlreadyRunning      another daemon owns this home
├── DatabaseDamaged     the file is not a database of ours, or fails its integrity check
├── DiskFull            no room to write
├── KeyTrouble          the key that opens the database is not at hand
│   ├── KeyLocked       the keyring did not answer in time, or the passphrase is needed
│   ├── KeyMissing      no key has been chosen yet, or the keyring lost it
│   └── KeyWrong        the passphrase or key does not open this database
├── RecordingBroken     a line or image of a recording is not what RECORDING says
├── ScreenLost          the display cannot be asked (gone, refused, unsupported)
├── ReaderFailed        the text reader crashed, hung or is not installed
├── ModelTrouble        the language model gave no answer that can be used
│   ├── EngineMissing   llama.cpp is not installed, or does not start on this computer
│   ├── ModelUnusable   a file of the model is missing, broken, of another kind, or does not fit into the memory
│   ├── ModelDied       the model's process crashed, hung, was killed, or took more memory than it may
│   ├── PromptTooLong   more than the context of the model holds
│   ├── PictureBroken   a picture that cannot be decoded
│   ├── AnswerUnfit     the answer was cut off, or is not of the shape that was asked for
│   └── EndpointTrouble the server that was chosen does not answer, or not as it should
├── GaveWay             a thought was stopped because something more urgent came, or because it was told to; no failure
├── DownloadFailed      a file could not be fetched whole and sound
├── LinkLost            the daemon does not answer
├── BadInput            something the person typed or a file they gave cannot be used
├── ShortcutTaken       another program has that combination of keys
├── NotGranted          a program asks for what the person has not let it be told
└── NotYet              this platform cannot do that yet

Everything that is not a GumError is our own fault and goes to the crash report, never into `except Exception`.
"""


class GumError(Exception):
    """Its message is written for the person, not for us, and never quotes the screen."""


class HomeUnusable(GumError):
    pass


class AlreadyRunning(GumError):
    pass


class DatabaseDamaged(GumError):
    pass


class DiskFull(GumError):
    pass


class KeyTrouble(GumError):
    pass


class KeyLocked(KeyTrouble):
    pass


class KeyMissing(KeyTrouble):
    pass


class KeyWrong(KeyTrouble):
    pass


class RecordingBroken(GumError):
    pass


class ScreenLost(GumError):
    pass


class ReaderFailed(GumError):
    pass


class ModelTrouble(GumError):
    pass


class EngineMissing(ModelTrouble):
    pass


class ModelUnusable(ModelTrouble):
    pass


class ModelDied(ModelTrouble):
    pass


class PromptTooLong(ModelTrouble):
    pass


class PictureBroken(ModelTrouble):
    pass


class AnswerUnfit(ModelTrouble):
    pass


class EndpointTrouble(ModelTrouble):
    pass


class GaveWay(GumError):
    pass


class DownloadFailed(GumError):
    pass


class LinkLost(GumError):
    pass


class BadInput(GumError):
    pass


class ShortcutTaken(GumError):
    pass


class NotGranted(GumError):
    pass


class NotYet(GumError):
    pass
