"""What people type about accounts."""

from __future__ import annotations

from .entering import MailboxForm, RecoverByMailForm, RecoverForm, SignUpForm, WelcomeForm
from .locks import (
    ChangePassphraseForm,
    CodeForm,
    EraseForm,
    NewPassphraseForm,
    OpenAccountForm,
    PasskeyForm,
    ProofForm,
    RoleForm,
    SignInForm,
)

__all__ = [
    "ChangePassphraseForm",
    "CodeForm",
    "EraseForm",
    "MailboxForm",
    "NewPassphraseForm",
    "OpenAccountForm",
    "PasskeyForm",
    "ProofForm",
    "RecoverByMailForm",
    "RecoverForm",
    "RoleForm",
    "SignInForm",
    "SignUpForm",
    "WelcomeForm",
]
