"""What a village computer meets: power cuts, full and failing disks, drives pulled out, clocks gone wrong."""
