"""The public page that answers: is this paper real, who signed it, is it still in force?"""
